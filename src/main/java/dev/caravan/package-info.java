/** The program and the one place that wires it. */
@NullMarked
package dev.caravan;

import org.jspecify.annotations.NullMarked;
