package dev.caravan.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many of something are wanted: 1 or more. Stateless. */
final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("\\+?0*[1-9][0-9]{0,8}")) {
            throw new TypeConversionException("'" + text + "' is not a number from 1 to 999999999");
        }
        return Integer.valueOf(text);
    }
}
