import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Proof, proof, publishedTrust } from '../../api/evidence.ts'
import type { Fact } from '../../api/trail.ts'
import { Section } from '../../parts/page.tsx'
import { PlaceInLog } from '../../parts/place-in-log.tsx'
import { Failure, Loading } from '../../parts/states.tsx'

/** The proof that a fact stands in the log: shown, checked here, and given to take away. */
export const ProofOfFact = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('proof.title')} aside={<Link to="/proofs">{t('proof.check')}</Link>}>
      <p className="quiet proof-lead">{t('proof.lead')}</p>
      {isOpen ? (
        <Asked fact={fact} />
      ) : (
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('proof.show')}
        </button>
      )}
    </Section>
  )
}

const Asked = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const asked = useQuery(proof({ service: fact.service, stream: fact.stream, version: fact.version }))
  if (asked.isPending) return <Loading />
  if (asked.isError) return <Failure error={asked.error} onRetry={() => asked.refetch()} />
  if (asked.data.proof === null) return <p role="status">{t('proof.waiting')}</p>
  return <Shown fact={fact} proof={asked.data.proof} />
}

const Shown = ({ fact, proof }: { fact: Fact; proof: Proof }) => {
  const { t } = useTranslation()
  const { origin, index, size, root, hashes, cosignatures } = proof
  return (
    <div className="proof">
      {proof.isEnough ? <Checked fact={fact} proof={proof} /> : <p role="status">{t('proof.few')}</p>}
      <PlaceInLog {...{ origin, index, size, root }} path={hashes.length} cosigned={cosignatures.map(({ witness, time }) => [witness, time])} />
      <button type="button" className="button start" onClick={() => save(`${fact.stream}-${fact.version}.tlog-proof`, proof.proof)}>
        {t('proof.download')}
      </button>
    </div>
  )
}

/** What the server says is checked here against the record that this page shows. */
const Checked = ({ fact, proof: { proof: text } }: { fact: Fact; proof: Proof }) => {
  const { t } = useTranslation()
  const trust = useQuery(publishedTrust)
  const checked = useQuery({
    queryKey: ['checked', text],
    enabled: trust.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<boolean> => {
      const { checkText, isRecordOf } = await import('../../evidence/check.ts')
      const verdict = checkText(text, trust.data as NonNullable<typeof trust.data>)
      return verdict.kind === 'proof' && verdict.entry !== null && isRecordOf(fact, verdict.entry)
    },
  })
  if (trust.isError) return <Failure error={trust.error} onRetry={() => trust.refetch()} />
  if (checked.data === undefined) return <Loading />
  return (
    <p className={checked.data ? 'verdict good' : 'verdict bad'} role="status">
      {t(checked.data ? 'proof.holds' : 'proof.broken')}
    </p>
  )
}

const save = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
