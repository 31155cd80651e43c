package dev.fairlead.http.grpc;

/** The codes of gRPC, in order of their numbers, named as gRPC for Go prints them. */
public final class GrpcCode {
  /** It went well. */
  public static final int OK = 0;

  /** Nobody knows. */
  public static final int UNKNOWN = 2;

  /** Too late. */
  public static final int DEADLINE_EXCEEDED = 4;

  /** The caller may not. */
  public static final int PERMISSION_DENIED = 7;

  /** There is more than the caller takes. */
  public static final int RESOURCE_EXHAUSTED = 8;

  /** No such service or method. */
  public static final int UNIMPLEMENTED = 12;

  /** The other side breaks the protocol. */
  public static final int INTERNAL = 13;

  /** The other side has gone, or wants none of it now. */
  public static final int UNAVAILABLE = 14;

  /** Nobody knows who the caller is. */
  public static final int UNAUTHENTICATED = 16;

  private static final String[] NAMES = {
    "OK",
    "Canceled",
    "Unknown",
    "InvalidArgument",
    "DeadlineExceeded",
    "NotFound",
    "AlreadyExists",
    "PermissionDenied",
    "ResourceExhausted",
    "FailedPrecondition",
    "Aborted",
    "OutOfRange",
    "Unimplemented",
    "Internal",
    "Unavailable",
    "DataLoss",
    "Unauthenticated"
  };

  private GrpcCode() {}

  /** The name of a code; {@code Code(17)} for one that is not known. */
  public static String name(int code) {
    return code >= 0 && code < NAMES.length ? NAMES[code] : "Code(" + code + ")";
  }

  /** What an HTTP status stands for where gRPC's own is missing. */
  static int ofHttp(int status) {
    return switch (status) {
      case 400 -> INTERNAL;
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> UNIMPLEMENTED;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> UNKNOWN;
    };
  }
}
