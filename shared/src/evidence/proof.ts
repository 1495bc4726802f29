import { decimalOf, digestOf, fromBase64, toBase64 } from './bytes.ts'
import { type OpenedCheckpoint, openCheckpoint, type Policy } from './policy.ts'
import { isIncluded } from './tree.ts'

/** One entry's place in a log, checked without a network (c2sp.org/tlog-proof). `checkpoint` is the signed note as it is; `extra` is not vouched for by anybody. */
export type TlogProof = {
  readonly extra?: Uint8Array
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  readonly checkpoint: string
}

const firstLine = 'c2sp.org/tlog-proof@v1'

/** Why a proof does not convince: `form` of the file, `place` of the leaf in the tree, `quorum` of the witnesses. Faults of signatures are NoteFaults. */
export class ProofFault extends Error {
  readonly kind: 'form' | 'place' | 'quorum'

  constructor(kind: ProofFault['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** The text of a `.tlog-proof` file. */
export const writeProof = ({ extra, index, hashes, checkpoint }: TlogProof): string =>
  [firstLine, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n')

/** Reads a `.tlog-proof` file without checking what it claims. Throws a ProofFault (form). */
export const readProof = (text: string): TlogProof => {
  const fault = (message: string): ProofFault => new ProofFault('form', message)
  const end = text.indexOf('\n\n')
  if (end < 0) throw fault('A proof has a blank line before its checkpoint')
  const [first, ...lines] = text.slice(0, end).split('\n')
  if (first !== firstLine) throw fault(`A proof begins with ${firstLine}`)
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length))
  if (extra === null) throw fault('The extra data is not base64')
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? decimalOf(indexLine.slice('index '.length)) : null
  if (index === null) throw fault('A proof tells the index of its entry')
  if (lines.length > 63) throw fault('A proof has at most 63 hashes')
  const hashes = lines.map((line) => {
    const hash = digestOf(line)
    if (!hash) throw fault('A hash is not 32 bytes of base64')
    return hash
  })
  return { ...(extra === undefined ? {} : { extra }), index, hashes, checkpoint: text.slice(end + 2) }
}

/** Checks that the leaf stands where the proof says, in a log of the policy, cosigned by enough witnesses. Throws a ProofFault or a NoteFault. */
export const verifyProof = (proof: TlogProof, leaf: Uint8Array, policy: Policy): OpenedCheckpoint => {
  const opened = openCheckpoint(proof.checkpoint, policy)
  const { size, root, origin } = opened.checkpoint
  if (!isIncluded({ leaf, index: proof.index, size, root, proof: proof.hashes })) {
    throw new ProofFault('place', `This entry does not stand at ${proof.index} in ${origin} with ${size} entries`)
  }
  if (!opened.isEnough) throw new ProofFault('quorum', `Too few witnesses cosigned: ${[...opened.cosigned.keys()].join(', ') || 'none'}`)
  return opened
}
