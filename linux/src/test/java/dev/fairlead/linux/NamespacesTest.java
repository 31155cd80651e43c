package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespacesTest {
  private static final String ITS_OWN = "its own";

  @BeforeEach
  void root() {
    Root.assume();
  }

  private static String here() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
  }

  @Test
  void aNewNamespaceIsAnotherAndHasOnlyItsLoopback() throws IOException {
    try (NetworkNamespace namespace = Namespaces.create("a")) {
      assertThat(namespace.call(NamespacesTest::here)).isNotEqualTo(here());
      assertThat(namespace.links().names()).containsExactly("lo");
      assertThat(namespace.name()).isEqualTo("a");
    }
  }

  @Test
  void theCallersThreadStaysWhereItIs() throws IOException {
    String before = here();
    try (NetworkNamespace namespace = Namespaces.create("a")) {
      namespace.call(NamespacesTest::here);
      assertThat(here()).isEqualTo(before);
      assertThat(Namespaces.host().call(NamespacesTest::here)).isEqualTo(before);
    }
  }

  @Test
  void aCallInsideACallEntersTheInnerAndComesBack() throws IOException {
    try (NetworkNamespace a = Namespaces.create("a");
        NetworkNamespace b = Namespaces.create("b")) {
      String outer = a.call(NamespacesTest::here);
      String inner = b.call(NamespacesTest::here);
      List<String> seen = a.call(() -> List.of(here(), b.call(NamespacesTest::here), here()));
      assertThat(seen).containsExactly(outer, inner, outer);
    }
  }

  @Test
  void childrenAreBornInTheNamespace() throws Exception {
    try (NetworkNamespace namespace = Namespaces.create("a")) {
      Process child =
          namespace.call(() -> new ProcessBuilder("readlink", "/proc/self/ns/net").start());
      String printed = new String(child.getInputStream().readAllBytes()).strip();
      assertThat(printed).isEqualTo(namespace.call(NamespacesTest::here));
    }
  }

  @Test
  void anotherNamespaceIsOpenedByPath() throws Exception {
    try (NetworkNamespace namespace = Namespaces.create("a");
        NetworkNamespace same =
            Namespaces.open(
                Path.of(
                    "/proc/%d/fd/%d"
                        .formatted(ProcessHandle.current().pid(), namespace.descriptor())))) {
      assertThat(same.call(NamespacesTest::here)).isEqualTo(namespace.call(NamespacesTest::here));
    }
  }

  @Test
  void socketsStayInTheNamespaceWhoeverUsesThem() throws Exception {
    try (NetworkNamespace namespace = Namespaces.create("a");
        NetworkNamespace other = Namespaces.create("b");
        ServerSocketChannel server =
            namespace.call(() -> ServerSocketChannel.open().bind(loopback(8080)));
        SocketChannel stranger = other.call(() -> SocketChannel.open());
        SocketChannel client = namespace.call(() -> SocketChannel.open())) {
      assertThatThrownBy(() -> stranger.connect(loopback(8080)))
          .isInstanceOf(java.net.ConnectException.class);
      assertThat(client.connect(loopback(8080))).isTrue();
      try (SocketChannel accepted = server.accept()) {
        accepted.write(ByteBuffer.wrap(new byte[] {42}));
        ByteBuffer read = ByteBuffer.allocate(1);
        client.read(read);
        assertThat(read.get(0)).isEqualTo((byte) 42);
      }
    }
  }

  @Test
  void datagramsStayInTheNamespace() throws Exception {
    try (NetworkNamespace namespace = Namespaces.create("a");
        DatagramChannel one = namespace.call(() -> DatagramChannel.open().bind(loopback(5353)));
        DatagramChannel two = namespace.call(() -> DatagramChannel.open())) {
      two.send(ByteBuffer.wrap(new byte[] {7}), loopback(5353));
      ByteBuffer read = ByteBuffer.allocate(1);
      SocketAddress sender = one.receive(read);
      assertThat(sender).isNotNull();
      assertThat(read.get(0)).isEqualTo((byte) 7);
    }
  }

  @Test
  void exceptionsComeThroughWithTheirType() throws IOException {
    try (NetworkNamespace namespace = Namespaces.create("a")) {
      assertThatThrownBy(() -> namespace.call(failing(new java.net.BindException("taken"))))
          .isInstanceOf(java.net.BindException.class)
          .hasMessage("taken");
      assertThatThrownBy(() -> namespace.call(failing(new IllegalStateException("bad"))))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> namespace.call(failing(new Exception("other"))))
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("other");
    }
  }

  @Test
  void aClosedNamespaceSaysSo() throws IOException {
    NetworkNamespace namespace = Namespaces.create("a");
    namespace.close();
    assertThatThrownBy(() -> namespace.call(NamespacesTest::here))
        .isInstanceOf(IOException.class)
        .hasMessage("namespace a is closed");
  }

  @Test
  void manyThreadsInManyNamespacesNeverMix() throws Exception {
    List<NetworkNamespace> namespaces = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        namespaces.add(Namespaces.create("n" + i));
      }
      List<Future<String>> seen = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        NetworkNamespace namespace = namespaces.get(i % 20);
        seen.add(threads.submit(() -> namespace.call(NamespacesTest::here)));
      }
      for (int i = 0; i < 400; i++) {
        assertThat(seen.get(i).get()).isEqualTo(seen.get(i % 20).get());
      }
      assertThat(seen.stream().map(NamespacesTest::result).distinct()).hasSize(20);
      assertThat(threads.submit(NamespacesTest::here).get()).isEqualTo(here());
    } finally {
      namespaces.forEach(NetworkNamespace::close);
    }
  }

  @Test
  void noThreadOfTheJvmWakesUpInsideANamespace() throws Exception {
    manyThreadsInManyNamespacesNeverMix();
    String home = here();
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        assertThat(namespaceOf(task)).isIn(home, ITS_OWN);
      }
    }
  }

  /** Of a thread; {@link #ITS_OWN} when it may be where it is, or has ended meanwhile. */
  private static String namespaceOf(Path task) throws IOException {
    try {
      String name = Files.readString(task.resolve("comm")).strip();
      // The reaper waits for a child that another test started inside a namespace.
      return name.startsWith("netns-") || name.startsWith("process reaper")
          ? ITS_OWN
          : Files.readSymbolicLink(task.resolve("ns/net")).toString();
    } catch (NoSuchFileException e) {
      return ITS_OWN;
    } catch (IOException e) {
      if (Files.exists(task)) {
        throw e;
      }
      return ITS_OWN; // The kernel says "No such process" when it ends while it is read.
    }
  }

  private static String result(Future<String> future) {
    return future.resultNow();
  }

  private static <T> Callable<T> failing(Exception e) {
    return () -> {
      throw e;
    };
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }
}
