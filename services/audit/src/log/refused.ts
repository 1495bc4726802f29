/**
 * The log does not go on: its parts do not belong together, as when one of them was restored from a backup. Nothing is signed until they do;
 * a person has to look.
 */
export class LogRefused extends Error {
  override readonly name = 'LogRefused'
}
