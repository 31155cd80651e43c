package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NftablesTest {
  @BeforeEach
  void root() {
    Root.assume();
  }

  @Test
  void aTableIsMadeInItsNamespaceOnly() throws IOException {
    try (NetworkNamespace a = Namespaces.create("a");
        NetworkNamespace b = Namespaces.create("b");
        Nftables inA = Nftables.open(a);
        Nftables inB = Nftables.open(b)) {
      assertThat(inA.run("add table ip t\nadd set ip t s { type ipv4_addr; }")).isEmpty();
      assertThat(inA.run("list table ip t")).contains("set s");
      assertThat(inB.run("list ruleset")).isEmpty();
    }
  }

  @Test
  void aRefusedTransactionChangesNothingAndSaysWhy() throws IOException {
    try (NetworkNamespace a = Namespaces.create("a");
        Nftables nftables = Nftables.open(a)) {
      assertThatThrownBy(() -> nftables.run("add table ip t\nadd rule ip t nochain accept"))
          .isInstanceOf(NftablesException.class)
          .hasMessageContaining("No such file or directory");
      assertThat(nftables.run("list tables")).isEmpty();
      assertThatThrownBy(() -> nftables.run("nonsense"))
          .isInstanceOf(NftablesException.class)
          .hasMessageContaining("syntax error");
    }
  }

  @Test
  void aClosedOneSaysSo() throws IOException {
    try (NetworkNamespace a = Namespaces.create("a")) {
      Nftables nftables = Nftables.open(a);
      nftables.close();
      nftables.close();
      assertThatThrownBy(() -> nftables.run("list tables"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("nftables of a is closed");
    }
  }
}
