/** The rules of the house, as tests. */
@NullMarked
package dev.caravan.architecture;

import org.jspecify.annotations.NullMarked;
