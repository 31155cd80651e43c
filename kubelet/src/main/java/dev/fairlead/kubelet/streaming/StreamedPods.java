package dev.fairlead.kubelet.streaming;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.kubelet.runtime.ContainerStartException;
import dev.fairlead.kubelet.runtime.RunningCommand;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** The pods of this node, as far as streams need them. */
@FunctionalInterface
public interface StreamedPods {

  /** A pod that has its namespaces; empty when there is none of that name. */
  Optional<StreamedPod> find(ObjectKey pod);

  /** One pod. */
  interface StreamedPod {
    String uid();

    /** Connects to a port of the pod's own loopback address. */
    Socket connect(int port) throws IOException;

    /** Whether this container runs. */
    boolean runs(String container);

    /** Runs a command beside a container's process. */
    RunningCommand exec(String container, List<String> command, boolean tty)
        throws ContainerStartException, IOException;

    /**
     * Joins the process of a container: what it prints from now on, and its input if it has one.
     */
    RunningCommand attach(String container) throws IOException;

    /** Runs the action when the pod's namespaces are given up; closing the result forgets it. */
    Registration onEnd(Runnable action);
  }

  /** Takes an action back. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
