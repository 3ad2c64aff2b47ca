/**
 * Signatures of commits by an SSH key, as git and ssh-keygen have them (PROTOCOL.sshsig of
 * OpenSSH). Pure: Ed25519 signatures are functions of key and text (RFC 8032). Depends on the JDK
 * only; must not read files or start processes.
 */
@NullMarked
package dev.qudag.merge.signature;

import org.jspecify.annotations.NullMarked;
