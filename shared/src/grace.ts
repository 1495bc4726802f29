/** A process that was asked to end has so many milliseconds; whoever runs it waits longer before it kills it. */
export const graceMs = 25_000
