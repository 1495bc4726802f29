import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { units } from '../../api/organization.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useFormats } from '../../parts/format.ts'
import { UnitName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure } from '../../parts/states.tsx'
import { begin, type Format, goOn, type PeopleExport, useExports } from './exports.ts'

/** A list of people leaves the house: ordered on record first, then it arrives as a file, row by row. */
export const ExportPeople = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const root = useQuery(units()).data?.find((each) => each.parent === null)?.id
  const exports = useExports()
  const at = unit ?? root
  if (at === undefined) return null
  return (
    <Section title={t('directory.export')}>
      <p className="quiet">
        {t('directory.exportWhy')} <UnitName id={at} />
      </p>
      <div className="buttons">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Order key={`${format} ${at}`} unit={at} format={format} />
        ))}
      </div>
      {exports.length > 0 && (
        <ul className="dir-exports" aria-label={t('directory.exports.title')}>
          {exports.map((each) => (
            <li key={each.id}>
              <Arriving known={each} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const Order = ({ unit, format }: { unit: string; format: Format }) => {
  const { t } = useTranslation()
  const { run, isBusy, error, reset } = useCommand('orderPeopleExport', { onDone: ({ id }) => begin(id, unit, format) })
  return (
    <>
      <Act
        permission={commands.orderPeopleExport.permission}
        unit={unit}
        isBusy={isBusy}
        onPress={() => {
          reset()
          void run({ body: { unit, format } })
        }}
      >
        {t(`directory.formats.${format}`)}
      </Act>
      {error && <Failure error={error} />}
    </>
  )
}

/** One list: how far it has come, and going on where it broke off. */
const Arriving = ({ known: { id, unit, format, at, state, rows, bytes, of, error } }: { known: PeopleExport }) => {
  const { t } = useTranslation()
  const { moment, number } = useFormats()
  const zone = useHomeZone()
  const isCounted = format === 'csv' && of !== null
  return (
    <>
      <p>
        <strong>{t(`directory.formats.${format}`)}</strong> · <UnitName id={unit} />{' '}
        <time className="quiet" dateTime={at}>
          {moment(at, zone)}
        </time>{' '}
        <span className={state === 'saved' ? 'chip good' : state === 'broken' ? 'chip wait' : 'chip'}>{t(`directory.exports.${state}`)}</span>
      </p>
      {state === 'running' && (
        <progress className="dir-progress" {...(isCounted ? { max: Math.max(of, 1), value: rows } : {})} aria-label={t('directory.exports.running')} />
      )}
      <p className="quiet" role="status">
        {isCounted || state === 'saved'
          ? t('directory.exports.rows', { rows: number(rows), of: number(of ?? rows) })
          : t('directory.exports.bytes', { size: number(Math.ceil(bytes / 1_024)) })}
      </p>
      {state === 'broken' && (
        <>
          {error !== undefined && <Failure error={error} />}
          <button type="button" className="button" onClick={() => goOn(id)}>
            {t(rows > 0 ? 'directory.exports.goOn' : 'directory.exports.again')}
          </button>
        </>
      )}
    </>
  )
}
