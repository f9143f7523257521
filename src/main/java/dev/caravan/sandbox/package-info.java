/** The remote systems as they answer, with faults on demand, for the demo and the tests. Knows only the JDK. */
@NullMarked
package dev.caravan.sandbox;

import org.jspecify.annotations.NullMarked;
