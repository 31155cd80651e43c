package dev.fairlead.kubelet.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What lies where on the machine, links not followed. */
interface MachineFiles {
  /** The machine that the calling thread sees. */
  MachineFiles REAL =
      new MachineFiles() {
        @Override
        public Kind kind(Path path) {
          if (Files.isSymbolicLink(path)) {
            return Kind.LINK;
          }
          if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return Kind.DIRECTORY;
          }
          return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Kind.FILE : Kind.NONE;
        }

        @Override
        public Path link(Path path) throws IOException {
          return Files.readSymbolicLink(path);
        }
      };

  /** What a name stands for; a device is a file too. */
  enum Kind {
    NONE,
    DIRECTORY,
    FILE,
    LINK
  }

  Kind kind(Path path);

  /** Where a link points; absolute or relative. */
  Path link(Path path) throws IOException;
}
