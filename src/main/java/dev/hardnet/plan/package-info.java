/** Decides before running: the order of operators, the lifetimes of feature maps, their places in the arena. */
package dev.hardnet.plan;
