package dev.fairlead.kubelet.stats;

import java.io.IOException;
import java.util.Map;

/** Reads what is used at the moment. */
interface UsageSource {

  /** Of each container of this machine that has a process. */
  Map<Owner, Usage> containers() throws IOException;

  /** Of the whole machine. */
  Usage machine() throws IOException;
}
