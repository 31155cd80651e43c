package dev.fairlead.proxy;

/**
 * The place of one element.
 *
 * @param key in nft's words, {@code 10.115.240.5 . tcp . 80}
 */
record Element(Container container, String key) {

  /**
   * What is at that place.
   *
   * @param data in nft's words, {@code goto pick-3}; empty in a set
   * @param comment for people who list the table; empty for none
   */
  record Value(String data, String comment) {
    static final Value NONE = new Value("", "");

    /** True when the kernel would behave the same. */
    boolean means(Value other) {
      return data.equals(other.data);
    }
  }
}
