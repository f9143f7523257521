/** What can go wrong, as data: one exception with a coded error. */
@NullMarked
package dev.caravan.fault;

import org.jspecify.annotations.NullMarked;
