/** Resolves when a stream that said "enough" takes more again, or has closed. Leaves no listener behind, however often a slow reader makes one wait. */
export const drained = (stream: NodeJS.EventEmitter): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
