package dev.fairlead.kubelet.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import java.math.BigInteger;
import java.util.Map;

/**
 * What a container may ask about its resources (API: {@code ResourceFieldSelector}; upstream:
 * {@code pkg/api/v1/resource}): the amount divided by the divisor and rounded up.
 */
final class ResourceField {
  private ResourceField() {}

  /**
   * The number as text.
   *
   * @param resources the container's {@code resources}
   * @param resource for example {@code limits.cpu}
   * @param divisor {@code 0} for one
   * @param allocatable what the node has, by resource; a limit that is missing is all of it
   */
  static String of(
      JsonNode resources, String resource, String divisor, Map<String, Quantity> allocatable)
      throws ConfigException {
    int dot = resource.indexOf('.');
    String list = dot < 0 ? "" : resource.substring(0, dot);
    String name = resource.substring(dot + 1);
    boolean known =
        (list.equals("limits") || list.equals("requests"))
            && (allocatable.containsKey(name) || name.startsWith("hugepages-"));
    if (!known) {
      throw new ConfigException("unsupported container resource : " + resource);
    }
    JsonNode own = resources.path(list).path(name);
    Quantity amount =
        own.isMissingNode()
            ? list.equals("limits") ? allocatable.getOrDefault(name, Quantity.ZERO) : Quantity.ZERO
            : Quantity.parse(own.asText());
    Quantity by = Quantity.parse(divisor.isEmpty() ? "0" : divisor);
    boolean cpu = name.equals("cpu");
    return up(cpu ? amount.milliValue() : amount.value(), unit(by, cpu));
  }

  private static long unit(Quantity divisor, boolean cpu) {
    if (divisor.isZero()) {
      return cpu ? 1000 : 1;
    }
    return cpu ? divisor.milliValue() : divisor.value();
  }

  private static String up(long amount, long by) {
    BigInteger[] parts = BigInteger.valueOf(amount).divideAndRemainder(BigInteger.valueOf(by));
    BigInteger whole = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    return whole.toString();
  }
}
