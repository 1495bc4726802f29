import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row } from '../../api/read.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { FirstStep } from '../../parts/first-step.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { type Made, MakeToken } from './make-token.tsx'
import './settings.css'

/** Bearer tokens for other programs: made, looked through, revoked. The secret is shown once. */
export const TokensPage = () => {
  const { t } = useTranslation()
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const pages = useInfiniteQuery(listing('/tokens', { query: { limit: 50 } }))
  const make = (
    <Act permission="tokens:make" unit={null} className="primary" onPress={() => setMaking(true)}>
      {t('tokens.make')}
    </Act>
  )
  return (
    <>
      <PageTitle title={t('entries.tokens')}>
        <p className="quiet">{t('tokens.lead')}</p>
      </PageTitle>
      <Section title={t('tokens.mine')} aside={make}>
        <List
          pages={pages}
          className="settings-rows"
          label={t('tokens.mine')}
          keyOf={({ id }) => id}
          empty={
            <Empty title={t('tokens.none')}>
              <p>{t('tokens.noneWhy')}</p>
              <FirstStep permission="tokens:make">{make}</FirstStep>
            </Empty>
          }
        >
          {(row) => <Token row={row} />}
        </List>
      </Section>
      {isMaking && (
        <Dialog title={t('tokens.make')} onClose={() => setMaking(false)}>
          <MakeToken
            onCancel={() => setMaking(false)}
            onMade={(token) => {
              setMaking(false)
              setMade(token)
            }}
          />
        </Dialog>
      )}
      {made && (
        <Dialog title={t('tokens.once', { name: made.name })}>
          <Secret made={made} onDone={() => setMade(null)} />
        </Dialog>
      )}
    </>
  )
}

const Token = ({ row }: { row: Row<'/tokens'> }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useHomeZone()
  const [isSure, setSure] = useState(false)
  const isOver = row.expiresAt < new Date().toISOString()
  return (
    <>
      <div>
        <p>
          <strong>{row.name}</strong>{' '}
          {row.revokedAt !== null ? (
            <span className="chip">{t('tokens.revoked', { moment: moment(row.revokedAt, zone) })}</span>
          ) : (
            <span className={isOver ? 'chip' : 'chip good'}>{t(isOver ? 'tokens.over' : 'tokens.until', { moment: moment(row.expiresAt, zone) })}</span>
          )}
        </p>
        <p className="quiet">{t('tokens.since', { moment: moment(row.createdAt, zone) })}</p>
        <p className="token-may">
          {row.permissions.map((permission) => (
            <code key={permission}>{permission}</code>
          ))}
        </p>
      </div>
      {row.revokedAt === null && !isOver && (
        <div className="buttons">
          {isSure ? (
            <>
              <CommandButton command="revokeToken" given={{ path: { id: row.id }, body: undefined }} unit={null} className="primary">
                {t('tokens.revokeSure')}
              </CommandButton>
              <button type="button" className="button" onClick={() => setSure(false)}>
                {t('form.cancel')}
              </button>
            </>
          ) : (
            <button type="button" className="button" onClick={() => setSure(true)}>
              {t('tokens.revoke')}
            </button>
          )}
        </div>
      )}
    </>
  )
}

const Secret = ({ made, onDone }: { made: Made; onDone: () => void }) => {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="form">
      <p>{t('tokens.onceWhy')}</p>
      <code className="token-secret">{made.token}</code>
      <div role="status">{isCopied && <p className="kept">{t('tokens.copied')}</p>}</div>
      <div className="buttons">
        <button
          type="button"
          className="button primary"
          onClick={() =>
            void navigator.clipboard.writeText(made.token).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {t('tokens.copy')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('tokens.kept')}
        </button>
      </div>
    </div>
  )
}
