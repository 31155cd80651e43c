package dev.fairlead.tests;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * What a Java client can do with a pod of the namespace {@code default}; one per client library.
 */
interface PodClient {

  /**
   * Runs a command with this on its standard input, which the client leaves open.
   *
   * @param container null for the only one
   */
  CommandResult exec(String pod, String container, String input, String... command)
      throws Exception;

  /** Standard input and output of the pod's running container. */
  Conversation attach(String pod) throws Exception;

  /** What the pod has printed so far. */
  String log(String pod) throws Exception;

  /** What the pod has printed and will print, to its end. */
  InputStream follow(String pod) throws Exception;

  /** One connection to a port of the pod. */
  Conversation forward(String pod, int port) throws Exception;

  void upload(String pod, byte[] content, Path there) throws Exception;

  byte[] download(String pod, Path there) throws Exception;

  /** Ends its connections. Not {@code AutoCloseable}, since JUnit would close it after one test. */
  void close();

  /** Bytes both ways. */
  record Conversation(OutputStream to, InputStream from, Closeable end) implements Closeable {
    @Override
    public void close() throws IOException {
      end.close();
    }
  }
}
