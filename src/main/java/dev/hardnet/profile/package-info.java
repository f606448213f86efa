/** Where the time of a session's runs goes, step by step, beside what each step computes and moves. */
package dev.hardnet.profile;
