/** Measures: what a bare program takes for the same work. Knows the JDK, Jackson and JDBC. */
@NullMarked
package dev.caravan.bench;

import org.jspecify.annotations.NullMarked;
