package dev.fairlead.kubelet.probe;

/**
 * The {@code status} of a {@code grpc.health.v1.HealthCheckResponse}.
 *
 * @param number 0 {@code UNKNOWN}, 1 {@code SERVING}, 2 {@code NOT_SERVING}, 3 {@code
 *     SERVICE_UNKNOWN}
 */
record HealthStatus(long number) {
  private static final String[] NAMES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};

  /** Reads field 1 of the message; a message without it, or that cannot be read, says 0. */
  static HealthStatus read(byte[] message) {
    Reader reader = new Reader(message);
    long status = 0;
    while (reader.more()) {
      long tag = reader.varint();
      long value = reader.value((int) (tag & 7));
      if (tag == 1 << 3) {
        status = value;
      }
    }
    return new HealthStatus(status);
  }

  boolean serving() {
    return number == 1;
  }

  String name() {
    return number >= 0 && number < NAMES.length ? NAMES[(int) number] : Long.toString(number);
  }

  /** Reads protobuf fields one after the other; never past the end. */
  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean more() {
      return at < bytes.length;
    }

    long varint() {
      long result = 0;
      for (int shift = 0; more() && shift < Long.SIZE; shift += 7) {
        byte each = bytes[at++];
        result |= (long) (each & 0x7f) << shift;
        if (each >= 0) {
          break;
        }
      }
      return result;
    }

    /** The value of a number; other kinds are skipped and give 0. */
    long value(int wireType) {
      return switch (wireType) {
        case 0 -> varint();
        case 1 -> skip(8);
        case 2 -> skip(varint());
        case 5 -> skip(4);
        default -> skip(bytes.length);
      };
    }

    private long skip(long length) {
      at = length < 0 || length > bytes.length - at ? bytes.length : at + (int) length;
      return 0;
    }
  }
}
