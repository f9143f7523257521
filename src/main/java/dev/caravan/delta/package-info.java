/** What is to be done with a row, against what is stored: pure functions. */
@NullMarked
package dev.caravan.delta;

import org.jspecify.annotations.NullMarked;
