/** How often what goes wrong; shares of 1 unless said. */
export type Weather = {
  /** A connection breaks at a statement. */
  cut: number
  /** A message takes as long as a stall. */
  slow: number
  /** A delivery of the bus begins some records earlier. */
  again: number
  /** A send to the bus fails, whether it was kept or not. */
  unsent: number
  /** A file cannot be written. */
  disk: number
}

export const storm: Weather = { cut: 0.004, slow: 0.01, again: 0.1, unsent: 0.08, disk: 0.004 }
export const calm: Weather = { cut: 0, slow: 0.002, again: 0, unsent: 0, disk: 0 }
