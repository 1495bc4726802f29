import { useTranslation } from 'react-i18next'
import type { Trust } from '../../evidence/check.ts'

/** By whose keys is checked: shown, and open to be exchanged for those that somebody has from elsewhere. */
export const Keys = ({ trust, onChange, onReset }: { trust: Trust; onChange: (trust: Trust) => void; onReset: (() => void) | null }) => {
  const { t } = useTranslation()
  return (
    <div className="form">
      <p className="quiet">{t('proofs.keysWhy')}</p>
      <label className="field">
        {t('proofs.policy')}
        <textarea
          className="input pasted"
          rows={Math.min(12, trust.policy.split('\n').length + 1)}
          spellCheck={false}
          value={trust.policy}
          onChange={(event) => onChange({ ...trust, policy: event.target.value })}
        />
      </label>
      <label className="field">
        {t('proofs.receipts')}
        <input className="input" spellCheck={false} value={trust.receipts} onChange={(event) => onChange({ ...trust, receipts: event.target.value })} />
      </label>
      {onReset && (
        <button type="button" className="button start" onClick={onReset}>
          {t('proofs.reset')}
        </button>
      )}
    </div>
  )
}
