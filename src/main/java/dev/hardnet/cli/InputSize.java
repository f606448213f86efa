package dev.hardnet.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of a network's input.
 *
 * @param height rows
 * @param width  columns
 */
record InputSize(int height, int width) {
    /** Reads 224 or 512x1024 (rows x columns). */
    static final class Converter implements ITypeConverter<InputSize> {
        @Override
        public InputSize convert(String text) {
            String[] sides = text.split("x", -1);
            try {
                if (sides.length <= 2) {
                    return new InputSize(side(sides[0]), side(sides[sides.length - 1]));
                }
            } catch (NumberFormatException notANumber) {
                // Told below, with the whole text.
            }
            throw new TypeConversionException("'" + text + "' is not a size; expected for example 224 or 512x1024 "
                    + "(rows x columns)");
        }

        private static int side(String text) {
            int side = Integer.parseInt(text);
            if (side < 1) {
                throw new NumberFormatException();
            }
            return side;
        }
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
