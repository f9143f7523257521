/** Tests of the reader of configuration. */
@NullMarked
package dev.caravan.config;

import org.jspecify.annotations.NullMarked;
