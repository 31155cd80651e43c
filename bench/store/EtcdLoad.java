import dev.fairlead.store.CreateLoad;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The load of {@code StoreBenchmark} on etcd over gRPC. Arguments: URL, clients, seconds. */
public final class EtcdLoad {
  private EtcdLoad() {}

  public static void main(String[] arguments) throws Exception {
    int clients = Integer.parseInt(arguments[1]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
    ByteSequence value = ByteSequence.from(CreateLoad.VALUE);
    try (Client etcd = Client.builder().endpoints(arguments[0]).build()) {
      KV kv = etcd.getKVClient();
      CreateLoad.measure("etcd", clients, time, key -> create(kv, key, value));
    }
  }

  private static void create(KV kv, String name, ByteSequence value) throws Exception {
    ByteSequence key = ByteSequence.from(name, StandardCharsets.UTF_8);
    TxnResponse answer =
        kv.txn()
            .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(0)))
            .Then(Op.put(key, value, PutOption.DEFAULT))
            .commit()
            .get();
    if (!answer.isSucceeded()) {
      throw new IllegalStateException("the key existed: " + name);
    }
  }
}
