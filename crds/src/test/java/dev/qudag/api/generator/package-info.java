/**
 * Turns the records of the API into the committed CRD YAML. A tool of this module's build, on its
 * test class path so that nobody who depends on the API gets it.
 */
package dev.qudag.api.generator;
