package dev.fairlead.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldValidationTest {
  private static final TypeSchema SERVICE = Schema.load().of(Kinds.SERVICE);
  private static final TypeSchema POD = Schema.load().of(Kinds.POD);
  private static final TypeSchema SECRET = Schema.load().of(Kinds.SECRET);

  @Test
  void unknownFieldsAreNamedByTheirPath() {
    ObjectNode tree =
        tree(
            "{'x':1,'spec':{'foo':1,'ports':[{'port':80},{'port':81,'prot':1}],'selector':{'any':'x'}}}");

    assertThat(FieldValidation.check(SERVICE, tree))
        .containsExactly(
            "unknown field \"x\"",
            "unknown field \"spec.foo\"",
            "unknown field \"spec.ports[1].prot\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'spec':{'ports':[{'port':'http'}]}}|json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
        "{'spec':{'ports':[{'port':80.5}]}}|json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.port of type int32",
        "{'spec':{'ports':[{'port':4294967296}]}}|json: cannot unmarshal number 4294967296 into Go struct field ServicePort.spec.ports.port of type int32",
        "{'spec':{'type':1}}|json: cannot unmarshal number into Go struct field ServiceSpec.spec.type of type v1.ServiceType",
        "{'spec':{'ipFamilies':'IPv4'}}|json: cannot unmarshal string into Go struct field ServiceSpec.spec.ipFamilies of type []v1.IPFamily",
        "{'spec':{'ipFamilies':[4]}}|json: cannot unmarshal number into Go struct field ServiceSpec.spec.ipFamilies of type v1.IPFamily",
        "{'spec':{'ports':{}}}|json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort",
        "{'spec':{'selector':{'app':true}}}|json: cannot unmarshal bool into Go struct field ServiceSpec.spec.selector of type string",
        "{'spec':[]}|json: cannot unmarshal array into Go struct field Service.spec of type v1.ServiceSpec",
        "{'metadata':{'labels':['a']}}|json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
        "{'metadata':{'name':5}}|json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string",
        "{'spec':{'ports':[{'targetPort':true}]}}|json: cannot unmarshal bool into Go value of type int32",
        "{'metadata':{'creationTimestamp':'now'}}|parsing time \"now\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"now\" as \"2006\"",
      })
  void wrongTypesAreRefusedAsUpstream(String json, String why) {
    ObjectNode tree = tree(json).put("apiVersion", "v1").put("kind", "Service");

    assertThatThrownBy(() -> FieldValidation.check(SERVICE, tree))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessage("Service in version \"v1\" cannot be handled as a Service: " + why);
  }

  /** Of trees that a strategic merge has made (upstream: {@code runtime/converter.go}). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'spec':{'ports':[{'port':'http'}]}}|unrecognized type: int32",
        "{'spec':{'ports':[{'port':80.5}]}}|cannot convert float64 to int32",
        "{'spec':{'ports':{}}}|cannot restore slice from map",
        "{'spec':{'selector':{'app':true}}}|unrecognized type: string",
        "{'spec':{'selector':'app'}}|cannot restore map from string",
        "{'spec':[]}|cannot restore struct from: slice",
        "{'metadata':{'name':5}}|cannot convert int64 to string",
        "{'spec':{'publishNotReadyAddresses':'yes'}}|unrecognized type: bool",
        "{'spec':{'ports':[{'targetPort':true}]}}|json: cannot unmarshal bool into Go value of type int32",
      })
  void wrongTypesOfConvertedTrees(String json, String why) {
    assertThat(FieldValidation.findConverting(SERVICE, tree(json)).mismatch()).hasValue(why);
  }

  @Test
  void typesThatDecodeThemselves() {
    assertThatThrownBy(() -> FieldValidation.check(SECRET, tree("{'data':{'a':'abc!'}}")))
        .hasMessage(
            "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 3");
    assertThatThrownBy(() ->
            FieldValidation.check(
                POD, tree("{'spec':{'containers':[{'resources':{'limits':{'cpu':'x'}}}]}}")))
        .hasMessageContaining("quantities must match the regular expression");
    assertThat(
            FieldValidation.check(
                POD,
                tree(
                    "{'spec':{'containers':[{'resources':{'limits':{'cpu':0.5,'memory':'1Gi'}}}]}}")))
        .isEmpty();
    assertThat(FieldValidation.check(SECRET, tree("{'data':{'a':'YWI=','b':''}}"))).isEmpty();
  }

  @Test
  void pruningDropsWhatIsUnknownAndNull() {
    ObjectNode tree =
        tree(
            "{'metadata':{'creationTimestamp':null,'name':'a','labels':{'x':null}},"
                + "'spec':{'foo':1,'ports':[{'port':80,'bar':{}}],'clusterIP':null},'y':null}");
    ObjectNode before = tree.deepCopy();

    assertThat(FieldValidation.prune(SERVICE, tree))
        .isEqualTo(
            tree("{'metadata':{'name':'a','labels':{'x':''}},'spec':{'ports':[{'port':80}]}}"));
    assertThat(tree).isEqualTo(before);
  }

  @Test
  void strictRefusal() {
    ObjectNode tree = tree("{'apiVersion':'apps/v1','kind':'Deployment','spec':{'replica':1}}");
    TypeSchema type = Schema.load().of(Kinds.DEPLOYMENT);
    List<String> errors = FieldValidation.check(type, tree);

    assertThat(FieldValidation.strict(type, tree, errors).message())
        .isEqualTo(
            "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error:"
                + " unknown field \"spec.replica\"");
  }

  private static ObjectNode tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
