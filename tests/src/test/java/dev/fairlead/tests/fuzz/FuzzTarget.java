package dev.fairlead.tests.fuzz;

import java.util.List;

/** The decoders that are fuzzed. What a target throws is a finding; a refusal is none. */
enum FuzzTarget {
  JSON(ObjectFuzz::json, Seeds.JSON),
  YAML(ObjectFuzz::yaml, Seeds.YAML),
  PROTOBUF(ObjectFuzz::protobuf, Seeds.PROTOBUF),
  JSON_PATCH(PatchFuzz::json, Seeds.JSON_PATCH),
  MERGE_PATCH(PatchFuzz::merge, Seeds.MERGE_PATCH),
  STRATEGIC_MERGE_PATCH(PatchFuzz::strategicMerge, Seeds.STRATEGIC_MERGE_PATCH),
  APPLY_PATCH(ApplyFuzz::patch, Seeds.APPLY_PATCH),
  FIELDS_V1(ApplyFuzz::fieldsV1, Seeds.FIELDS_V1),
  LABEL_SELECTOR(TextFuzz::labelSelector, Seeds.LABEL_SELECTOR),
  FIELD_SELECTOR(TextFuzz::fieldSelector, Seeds.FIELD_SELECTOR),
  QUANTITY(TextFuzz::quantity, Seeds.QUANTITY),
  SPDY(StreamFuzz::spdy, Seeds.SPDY),
  WEBSOCKET(StreamFuzz::webSocket, Seeds.WEBSOCKET);

  private final Run run;
  private final List<byte[]> seeds;

  /** Decodes one input. */
  @FunctionalInterface
  interface Run {
    void on(byte[] input) throws Exception;
  }

  FuzzTarget(Run run, List<byte[]> seeds) {
    this.run = run;
    this.seeds = seeds;
  }

  void run(byte[] input) throws Exception {
    run.on(input);
  }

  /** Inputs that the decoder takes, to start from. */
  List<byte[]> seeds() {
    return seeds;
  }
}
