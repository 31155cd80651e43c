package dev.fairlead.kubelet.volume;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What volumes read of the pod's namespace. */
interface VolumeObjects {

  /** Text and binary data of a ConfigMap or Secret; null when there is none. */
  @Nullable Map<String, byte[]> data(boolean secret, String name);

  /**
   * A token of the pod's service account that is good for a while.
   *
   * @throws VolumeException when the API gives none
   */
  String token(Projection.Token wanted) throws VolumeException;
}
