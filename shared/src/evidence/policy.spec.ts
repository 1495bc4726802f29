import { describe, expect, it } from 'vitest'
import { checkpointText } from './checkpoint.ts'
import { cosigner } from './cosignature.ts'
import { NoteFault, noteSigner, type Signer, signatureLine, signNote } from './note.ts'
import { isCosignedEnough, openCheckpoint, type PolicyFault, parsePolicy } from './policy.ts'
import { newSeed } from './signature.ts'
import { emptyRoot } from './tree.ts'

const log = noteSigner('log.example/events', newSeed())
const other = noteSigner('log.example/other', newSeed())
const witnesses = Array.from({ length: 6 }, (_, at) => cosigner(`w${at}.example`, newSeed(), () => 1_700_000_000 + at))
const vkey = (at: number): string => (witnesses[at] as Signer).vkey

/** The example of c2sp.org/tlog-policy with keys in it. */
const example = `
log ${log.vkey}

witness X1 ${vkey(0)}
witness X2 ${vkey(1)}   https://x2.example/
witness X3 ${vkey(2)}
group X-witnesses 2 X1 X2 X3

# operated by somebody else: 另一个机构
witness Y1 ${vkey(3)}
\twitness Y2\t${vkey(4)}
witness Y3 ${vkey(5)}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`

const faultsOf = (text: string): string[] => {
  try {
    parsePolicy(text)
    return []
  } catch (cause) {
    return (cause as PolicyFault).faults.map(({ line, text: fault }) => `${line}: ${fault}`)
  }
}

describe('a policy', () => {
  it('[PL-06] of the published format is read: logs, witnesses, groups of groups, a quorum', () => {
    const policy = parsePolicy(example)
    expect(policy.logs.map(({ verifier }) => verifier.name)).toEqual(['log.example/events'])
    expect([...policy.witnesses].map(([name, { url }]) => [name, url])).toEqual([
      ['X1', null],
      ['X2', 'https://x2.example/'],
      ['X3', null],
      ['Y1', null],
      ['Y2', null],
      ['Y3', null],
    ])
    expect(policy.quorum).toBe('X-and-Y')
  })

  it.each([
    [['X1', 'X2', 'Y3'], true],
    [['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'], true],
    [['X1', 'X2', 'X3'], false],
    [['X1', 'Y1', 'Y2', 'Y3'], false],
    [[], false],
    [['X-witnesses', 'Y-witnesses', 'X-and-Y'], false],
  ])('[PL-06] counts who cosigned: %j is enough: %s', (names, enough) => {
    expect(isCosignedEnough(parsePolicy(example), new Set(names))).toBe(enough)
  })

  it('[PL-06] may ask for one witness alone, or for none', () => {
    const one = parsePolicy(`witness W ${vkey(0)}\nquorum W`)
    expect([isCosignedEnough(one, new Set()), isCosignedEnough(one, new Set(['W']))]).toEqual([false, true])
    expect(isCosignedEnough(parsePolicy('quorum none\n'), new Set())).toBe(true)
  })

  it.each([
    ['quorum nobody', '1: nobody is not defined above this line'],
    ['quorum none\nquorum none', '2: there is a quorum already'],
    ['', '1: no quorum is given'],
    [`group none any W\nquorum none`, '1: none cannot be defined: it is the quorum of nobody'],
    [`witness W ${vkey(0)}\ngroup W any W\nquorum W`, '2: W is defined twice'],
    [`witness W ${vkey(0)}\nwitness V ${vkey(0)}\nquorum W`, '2: the key of w0.example stands here twice'],
    [`log ${log.vkey}\nlog ${log.vkey} https://log.example\nquorum none`, '2: the key of log.example/events stands here twice'],
    [`witness W ${vkey(0)}\ngroup g 2 W\nquorum g`, '2: 2 is not any, all, or a number from 1 to 1'],
    [`witness W ${vkey(0)}\ngroup g 0 W\nquorum g`, '2: 0 is not any, all, or a number from 1 to 1'],
    [`witness W ${vkey(0)}\ngroup g any W W\nquorum g`, '2: W is a member twice'],
    [`witness W ${vkey(0)}\ngroup g any W\ngroup h any W\nquorum h`, '3: W is a member twice'],
    [`witness W ${vkey(0)}\ngroup g any V\nwitness V ${vkey(1)}\nquorum g`, '2: V is not defined above this line'],
    [`witness W ${vkey(0)}\ngroup g any none\nquorum g`, '2: none is not defined above this line'],
    ['group g any\nquorum none', '1: the group g needs a threshold and members'],
    [`witness W ${log.vkey}\nquorum W`, '1: log.example/events: a key of type 1 where one of type 4 belongs'],
    [`log ${vkey(0)}\nquorum none`, '1: w0.example: a key of type 4 where one of type 1 belongs'],
    [`log ${log.vkey} url more\nquorum none`, '1: too much on the line: more'],
    ['quorum none\r', '1: a control character'],
    ['trust me\nquorum none', '1: trust is not log, witness, group or quorum'],
  ])('[PL-06] tells the line of each fault: %j', (text, fault) => {
    expect(faultsOf(text)).toContain(fault)
  })

  it('[PL-06] tells all faults at once', () => {
    expect(faultsOf('log x\nwitness\nquorum none')).toHaveLength(2)
  })
})

describe('a signed checkpoint under a policy', () => {
  const text = checkpointText({ origin: log.name, size: 0, root: emptyRoot() })
  const cosigned = (...some: Signer[]): string => signNote(text, [log]) + some.map((witness) => signatureLine(text, witness)).join('')
  const policy = parsePolicy(example)

  it('[PL-06] tells who cosigned when, and whether that is enough', () => {
    const [x1, x2, , y1] = witnesses as [Signer, Signer, Signer, Signer]
    const opened = openCheckpoint(cosigned(x1, x2, y1), policy)
    expect(opened.checkpoint).toMatchObject({ origin: log.name, size: 0 })
    expect([...opened.cosigned]).toEqual([
      ['X1', 1_700_000_000],
      ['X2', 1_700_000_001],
      ['Y1', 1_700_000_003],
    ])
    expect(opened.isEnough).toBe(true)
    expect(openCheckpoint(cosigned(x1, x1, y1), policy).isEnough).toBe(false)
    expect(
      openCheckpoint(
        cosigned(
          x1,
          cosigner('stranger', newSeed(), () => 1),
          y1,
        ),
        policy,
      ).isEnough,
    ).toBe(false)
  })

  it('[PL-06] is refused without its own log’s signature, by another log, or with a false cosignature', () => {
    const kindOf = (note: string, by = policy): string => {
      try {
        openCheckpoint(note, by)
        return 'fine'
      } catch (cause) {
        return cause instanceof NoteFault ? cause.kind : `${cause}`
      }
    }
    const both = parsePolicy(`log ${log.vkey}\nlog ${other.vkey}\nquorum none`)
    expect(kindOf(signNote(text, [log]), both)).toBe('fine')
    expect(kindOf(signNote(text, [other]), both)).toBe('unsigned')
    expect(kindOf(signNote(text, [other]))).toBe('unsigned')
    expect(kindOf(signNote(text, [witnesses[0] as Signer]))).toBe('unsigned')
    const elsewhere = signatureLine(text.replace('\n0\n', '\n1\n'), witnesses[0] as Signer)
    expect(kindOf(signNote(text, [log]) + elsewhere)).toBe('false-signature')
    expect(kindOf(signNote(`${text}more\n`, [log]))).toBe('malformed')
  })
})
