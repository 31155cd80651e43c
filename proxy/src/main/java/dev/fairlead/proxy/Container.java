package dev.fairlead.proxy;

/** The sets and maps of the table; {@link Ruleset} declares them. */
enum Container {
  SERVICES("services", true),
  NODE_PORTS("nodeports", true),
  LOCAL_SERVICES("local-services", true),
  LOCAL_NODE_PORTS("local-nodeports", true),
  ENDPOINTS("endpoints", true),
  NODE_PORT_ENDPOINTS("nodeport-endpoints", true),
  LOCAL_ENDPOINTS("local-endpoints", true),
  LOCAL_NODE_PORT_ENDPOINTS("local-nodeport-endpoints", true),
  STICKY_PICKS("sticky-picks", true),
  STICKY_TIMEOUTS("sticky-timeouts", true),
  STICKY_ENDPOINTS("sticky-endpoints", true),
  NO_ENDPOINTS("no-endpoints", true),
  NO_NODE_PORT_ENDPOINTS("no-nodeport-endpoints", true),
  CLUSTER_IPS("cluster-ips", false),
  HAIRPIN("hairpin", false),
  SOURCE_CHECKED("source-checked", false),
  ALLOWED_SOURCES("allowed-sources", false);

  private final String nftName;
  private final boolean map;

  Container(String nftName, boolean map) {
    this.nftName = nftName;
    this.map = map;
  }

  String nftName() {
    return nftName;
  }

  /** False for a plain set, whose elements have no value. */
  boolean isMap() {
    return map;
  }
}
