package dev.fairlead.api.structured;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TestTypes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How two objects of made-up types are laid one over the other, how they differ, and which fields
 * one has: facts of structured-merge-diff.
 */
class MergeAndCompareTest {
  private static final Schema SCHEMA =
      TestTypes.schema(
          """
          Root.key string
          Root.value any
          Root.numeric number
          Root.bool boolean
          Root.inner {any}
          Root.struct Struct
          Root.atomicList atomic any
          Root.whole whole Struct
          Root.setStr set string
          Root.setBool set boolean
          Root.setNumeric set number
          Root.maps {{{string}}}
          Root.list map(key,id) Element
          Struct.value any
          Element.key string
          Element.id number
          Element.value {string}
          Element.bv boolean
          Element.nv number
          """);
  private static final Structure ROOT = new Structures(SCHEMA).of(SCHEMA.type("Root"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What is not typed is replaced.
        "{'key':'foo','value':{}}|{'key':'foo','value':1}|{'key':'foo','value':1}",
        "{'key':'foo','value':1}|{'key':'foo','value':{}}|{'key':'foo','value':{}}",
        "{'key':'foo','value':null}|{'key':'foo','value':{}}|{'key':'foo','value':{}}",
        "{'key':'foo'}|{'value':true}|{'key':'foo','value':true}",
        // Empty and null are told apart.
        "{}|{'inner':{}}|{'inner':{}}",
        "{}|{'inner':null}|{'inner':null}",
        "{'inner':null}|{'inner':{}}|{'inner':{}}",
        "{'inner':{}}|{'inner':null}|{'inner':null}",
        "{}|{'struct':{}}|{'struct':{}}",
        "{}|{'struct':null}|{'struct':null}",
        "{'struct':null}|{'struct':{}}|{'struct':{}}",
        "{'struct':{}}|{'struct':null}|{'struct':null}",
        "{}|{'atomicList':[]}|{'atomicList':[]}",
        "{}|{'atomicList':null}|{'atomicList':null}",
        "{'atomicList':null}|{'atomicList':[]}|{'atomicList':[]}",
        "{'atomicList':[]}|{'atomicList':null}|{'atomicList':null}",
        // Leaves and sets.
        "{'numeric':1}|{'numeric':3.14159}|{'numeric':3.14159}",
        "{'key':'aoeu'}|{'bool':true}|{'key':'aoeu','bool':true}",
        "{'setStr':['a','b','c']}|{'setStr':[]}|{'setStr':['a','b','c']}",
        "{'setStr':[]}|{'setStr':['a','b','c']}|{'setStr':['a','b','c']}",
        "{'setBool':[true]}|{'setBool':[false]}|{'setBool':[true,false]}",
        "{'setNumeric':[1,2,3.14159]}|{'setNumeric':[1,2,3]}|{'setNumeric':[1,2,3.14159,3]}",
        // Lists with keys.
        "{'list':[{'key':'a','id':1,'value':{'a':'a'}}]}|{'list':[{'key':'a','id':1,'value':{'a':'a'}}]}|{'list':[{'key':'a','id':1,'value':{'a':'a'}}]}",
        "{'list':[{'key':'a','id':1}]}|{'list':[{'key':'a','id':2}]}|{'list':[{'key':'a','id':1},{'key':'a','id':2}]}",
        "{'list':[{'key':'a','id':1},{'key':'b','id':1}]}|{'list':[{'key':'a','id':1},{'key':'a','id':2}]}|{'list':[{'key':'a','id':1},{'key':'b','id':1},{'key':'a','id':2}]}",
        "{'list':[{'key':'b','id':2}]}|{'list':[{'key':'a','id':1},{'key':'b','id':2},{'key':'c','id':3}]}|{'list':[{'key':'a','id':1},{'key':'b','id':2},{'key':'c','id':3}]}",
        "{'list':[{'key':'a','id':1},{'key':'b','id':2},{'key':'c','id':3}]}|{'list':[{'key':'c','id':3},{'key':'b','id':2}]}|{'list':[{'key':'a','id':1},{'key':'c','id':3},{'key':'b','id':2}]}",
        "{'list':[{'key':'a','id':1},{'key':'b','id':2},{'key':'c','id':3}]}|{'list':[{'key':'c','id':3},{'key':'a','id':1}]}|{'list':[{'key':'b','id':2},{'key':'c','id':3},{'key':'a','id':1}]}",
        // What is replaced as a whole.
        "{'atomicList':['a','a','a']}|{'atomicList':null}|{'atomicList':null}",
        "{'atomicList':['a','b','c']}|{'atomicList':[]}|{'atomicList':[]}",
        "{'atomicList':['a','a','a']}|{'atomicList':['a','a']}|{'atomicList':['a','a']}",
        "{'whole':{'value':1}}|{'whole':{}}|{'whole':{}}",
      })
  void merges(String live, String over, String merged) {
    assertThat(Merge.merge(ROOT, tree(live), tree(over))).isEqualTo(tree(merged));
  }

  /** Both ways: what is removed one way is added the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "{'key':'foo','value':1}|{'key':'foo','value':1}|-|-|-",
        "{'key':'foo','value':{}}|{'key':'foo','value':1}|-|.value|-",
        "{'value':1}|{'value':{'a':{'how':'nested'}}}|-|.value|-",
        "{'value':null}|{'value':{}}|-|.value|-",
        "{'key':'foo'}|{'value':true}|.key|-|.value",
        "{'key':'foot'}|{'key':'foo','value':true}|-|.key|.value",
        "{}|{'inner':{}}|-|-|.inner",
        "{'inner':null}|{'inner':{}}|-|.inner|-",
        "{'inner':{}}|{'inner':{}}|-|-|-",
        "{}|{'struct':{}}|-|-|.struct",
        "{'struct':null}|{'struct':{}}|-|.struct|-",
        "{}|{'atomicList':[]}|-|-|.atomicList",
        "{'atomicList':null}|{'atomicList':[]}|-|.atomicList|-",
        "{'maps':{'a':{},'b':{}}}|{'maps':{'a':{},'b':{}}}|-|-|-",
        "{'maps':{'a':{}}}|{'maps':{'b':{}}}|.maps.a|-|.maps.b",
        "{'maps':{'a':{'b':{'c':'x'}}}}|{'maps':{'a':{'b':{}}}}|.maps.a.b.c|-|-",
        "{'maps':{'a':{}}}|{'maps':{'a':{'b':{}}}}|-|-|.maps.a.b",
        "{'numeric':1}|{'numeric':3.14159}|-|.numeric|-",
        "{'numeric':1}|{'numeric':1.0}|-|-|-",
        "{'setStr':['a','b']}|{'setStr':['a','b','c']}|-|-|.setStr[='c']",
        "{'setStr':['a','b']}|{'setStr':['b','a']}|-|-|-",
        "{'setStr':['a','b']}|{'setStr':[]}|.setStr[='a'] .setStr[='b']|-|-",
        "{'setBool':[true]}|{'setBool':[false]}|.setBool[=true]|-|.setBool[=false]",
        "{'setNumeric':[1,2,3.14159]}|{'setNumeric':[1,2,3]}|.setNumeric[=3.14159]|-|.setNumeric[=3]",
        "{}|{'list':[{'key':'a','id':1,'value':{'a':'a'}}]}|-|-|.list .list[id=1,key='a'] .list[id=1,key='a'].id .list[id=1,key='a'].key .list[id=1,key='a'].value .list[id=1,key='a'].value.a",
        "{'list':[{'key':'a','id':1,'value':{'a':'a'}}]}|{'list':[{'key':'a','id':1,'value':{'a':'b'}}]}|-|.list[id=1,key='a'].value.a|-",
        "{'list':[{'key':'a','id':1}]}|{'list':[{'key':'a','id':2}]}|.list[id=1,key='a'] .list[id=1,key='a'].id .list[id=1,key='a'].key|-|.list[id=2,key='a'] .list[id=2,key='a'].id .list[id=2,key='a'].key",
        "{'list':[{'key':'a','id':1},{'key':'b','id':1}]}|{'list':[{'key':'b','id':1},{'key':'a','id':1}]}|-|-|-",
        "{'list':[{'key':'a','id':1,'nv':2}]}|{'list':[{'key':'a','id':1,'bv':true}]}|.list[id=1,key='a'].nv|-|.list[id=1,key='a'].bv",
        "{'atomicList':['a','a','a']}|{'atomicList':['a','a']}|-|.atomicList|-",
        "{'atomicList':['a','b']}|{'atomicList':['b','a']}|-|.atomicList|-",
      })
  void compares(String left, String right, String removed, String modified, String added) {
    Comparison there = Comparer.compare(ROOT, tree(left), tree(right));
    assertThat(paths(there.removed())).isEqualTo(quoted(removed));
    assertThat(paths(there.modified())).isEqualTo(quoted(modified));
    assertThat(paths(there.added())).isEqualTo(quoted(added));

    Comparison back = Comparer.compare(ROOT, tree(right), tree(left));
    assertThat(back.removed()).isEqualTo(there.added());
    assertThat(back.modified()).isEqualTo(there.modified());
    assertThat(back.added()).isEqualTo(there.removed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "{'key':'foo','value':1}|.key .value",
        "{'key':'foo','value':{}}|.key .value",
        "{'key':'foo','value':null}|.key .value",
        "{'key':null}|.key",
        "{'inner':{}}|.inner",
        "{'inner':null}|.inner",
        "{'inner':{'a':1}}|.inner.a",
        "{'struct':{}}|.struct",
        "{'struct':null}|.struct",
        "{'struct':{'value':1}}|.struct.value",
        "{'maps':{'a':{}}}|.maps.a",
        "{'maps':{'a':{'b':{}}}}|.maps.a .maps.a.b",
        "{'maps':{'a':{'b':{'c':'x'}}}}|.maps.a .maps.a.b .maps.a.b.c",
        "{'setStr':[]}|-",
        "{'setStr':null}|.setStr",
        "{'setStr':['a','b']}|.setStr[='a'] .setStr[='b']",
        "{'setBool':[true,false]}|.setBool[=false] .setBool[=true]",
        "{'setNumeric':[1,2,3,3.14159]}|.setNumeric[=1] .setNumeric[=2] .setNumeric[=3] .setNumeric[=3.14159]",
        "{'list':[]}|-",
        "{'list':[{'key':'a','id':1,'value':{'a':'a'}}]}|.list[id=1,key='a'] .list[id=1,key='a'].id .list[id=1,key='a'].key .list[id=1,key='a'].value.a",
        "{'list':[{'key':'a','id':1,'value':{}}]}|.list[id=1,key='a'] .list[id=1,key='a'].id .list[id=1,key='a'].key .list[id=1,key='a'].value",
        "{'atomicList':['a','a','a']}|.atomicList",
        "{'atomicList':[]}|.atomicList",
        "{'whole':{'value':1}}|.whole",
      })
  void knowsItsFields(String object, String fields) {
    assertThat(paths(Sets.of(ROOT, tree(object)))).isEqualTo(quoted(fields));
  }

  private static String paths(FieldSet set) {
    return String.join(" ", set.paths());
  }

  private static String quoted(String paths) {
    return paths == null ? "" : paths.replace('\'', '"');
  }

  private static ObjectNode tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
