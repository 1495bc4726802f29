import { useTranslation } from 'react-i18next'
import { useFormats } from './format.ts'
import './place-in-log.css'

/** The time zone of whoever reads: what a log says concerns no unit more than another. */
export const hereZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Where something stands in a log, and who vouches for that. `cosigned`: witness and seconds since 1970. */
export const PlaceInLog = ({
  origin,
  index,
  size,
  root,
  path,
  cosigned,
}: {
  origin: string
  index: number
  size: number
  root: string
  path?: number
  cosigned: readonly (readonly [name: string, time: number])[]
}) => {
  const { t } = useTranslation()
  const { number, moment } = useFormats()
  const zone = hereZone()
  return (
    <dl className="rows">
      <div>
        <dt>{t('proof.log')}</dt>
        <dd>{origin}</dd>
      </div>
      <div>
        <dt>{t('proof.place')}</dt>
        <dd>{t('proof.placeOf', { index: number(index), size: number(size) })}</dd>
      </div>
      <div>
        <dt>{t('proof.root')}</dt>
        <dd>
          <code>{root}</code>
        </dd>
      </div>
      {path !== undefined && (
        <div>
          <dt>{t('proof.path')}</dt>
          <dd>{t('proof.pathLength', { count: path })}</dd>
        </div>
      )}
      <div>
        <dt>{t('proof.cosigned')}</dt>
        <dd>
          {cosigned.length === 0 ? (
            <span className="quiet">{t('proof.nobody')}</span>
          ) : (
            <ul className="plain">
              {cosigned.map(([witness, time]) => (
                <li key={witness}>{t('proof.cosignedBy', { witness, moment: moment(new Date(time * 1000).toISOString(), zone) })}</li>
              ))}
            </ul>
          )}
        </dd>
      </div>
    </dl>
  )
}
