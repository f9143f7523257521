/** Tests of the sandbox over its wire, and of its edits. */
@NullMarked
package dev.caravan.sandbox;

import org.jspecify.annotations.NullMarked;
