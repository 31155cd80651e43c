package dev.fairlead.kubelet.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The images of the {@code process} runtime: names that stand for commands of this machine. {@code
 * host}, with any tag, runs what the container's {@code command} or {@code args} say, else a shell.
 */
public final class Catalogue {
  /** The tags of kuard. */
  public static final List<String> KUARD_TAGS = List.of("blue", "green", "purple", "1", "2", "3");

  private static final ImageConfig SHELL =
      new ImageConfig(List.of(), List.of("/bin/sh"), Map.of(), "");
  private static final String KUARD = "gcr.io/kuar-demo/kuard-amd64:";
  private static final String HOST = "docker.io/library/host";

  private final Map<String, ImageConfig> images;

  private Catalogue(Map<String, ImageConfig> images) {
    this.images = Map.copyOf(images);
  }

  /** Begins a catalogue. */
  public static Builder builder() {
    return new Builder();
  }

  /** Looks an image up by any spelling of its name. */
  public Optional<ImageConfig> find(String reference) {
    String full = ImageName.normalize(reference);
    if (full.startsWith(HOST + ":")) {
      return Optional.of(SHELL);
    }
    return Optional.ofNullable(images.get(full));
  }

  /** Collects the entries of a catalogue. */
  public static final class Builder {
    private final Map<String, ImageConfig> images = new LinkedHashMap<>();

    private Builder() {}

    /** Adds an image; a later entry of the same name wins. */
    public Builder image(String reference, ImageConfig config) {
      images.put(ImageName.normalize(reference), config);
      return this;
    }

    /**
     * Adds kuard in all its versions.
     *
     * @param command gives the command line of a version: {@code blue}, {@code 1} …
     */
    public Builder kuard(Function<String, List<String>> command) {
      KUARD_TAGS.forEach(tag -> image(KUARD + tag, ImageConfig.of(command.apply(tag))));
      return this;
    }

    /** The catalogue. */
    public Catalogue build() {
      return new Catalogue(images);
    }
  }
}
