package dev.fairlead.api.schema.extract;

import com.google.gson.annotations.SerializedName;
import io.swagger.annotations.ApiModelProperty;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One field of a model class, as its annotations tell it.
 *
 * @param name JSON name
 * @param type Java type with its generic arguments
 */
record ModelField(String name, Type type, String description, boolean required) {

  /** The fields of a model class, by JSON name. */
  static List<ModelField> of(Class<?> model) {
    List<ModelField> fields = new ArrayList<>();
    for (Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        ApiModelProperty property = property(model, field);
        fields.add(
            new ModelField(
                name.value(), field.getGenericType(), property.value(), property.required()));
      }
    }
    fields.sort(Comparator.comparing(ModelField::name));
    return fields;
  }

  /** The generator annotates getters, whose names it derives from the field's Java name. */
  private static ApiModelProperty property(Class<?> model, Field field) {
    String java = field.getName().replaceFirst("^_", "");
    for (Method method : model.getMethods()) {
      if (method.getParameterCount() == 0
          && method.getName().startsWith("get")
          && method.getName().substring(3).equalsIgnoreCase(java)) {
        ApiModelProperty found = method.getAnnotation(ApiModelProperty.class);
        if (found != null) {
          return found;
        }
      }
    }
    throw new IllegalStateException("no described getter for " + field);
  }
}
