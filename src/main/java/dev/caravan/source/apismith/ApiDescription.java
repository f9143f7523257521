package dev.caravan.source.apismith;

import dev.caravan.model.Strategy;
import java.util.List;

/**
 * What an API says of itself.
 *
 * @param slug its name in paths
 * @param name its name for people
 * @param description empty for none
 * @param fields its columns, in order
 * @param keys columns of the business key as the source names them, in order; empty for none
 * @param strategy how changed rows are found
 */
public record ApiDescription(
        String slug, String name, String description, List<Field> fields, List<String> keys, Strategy strategy) {

    /**
     * One column of an API.
     *
     * @param name the ERP's column
     * @param alias the name in the target and in the data; the same as {@code name} where there is no alias
     * @param dataType Oracle's type as written; empty if it is missing
     * @param nullable whether it may be empty
     * @param maxLength most characters; 0 if not said
     * @param precision digits; 0 if not said
     * @param scale digits behind the point; 0 if not said
     */
    public record Field(
            String name, String alias, String dataType, boolean nullable, int maxLength, int precision, int scale) {}
}
