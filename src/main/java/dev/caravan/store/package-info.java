/** What is remembered between runs: one small repository a table. */
@NullMarked
package dev.caravan.store;

import org.jspecify.annotations.NullMarked;
