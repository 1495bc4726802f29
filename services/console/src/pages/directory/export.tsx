import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { units } from '../../api/organization.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act } from '../../parts/act.tsx'
import { UnitName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure } from '../../parts/states.tsx'

/** A list of people leaves the house: ordered on record first, then it arrives as a file. */
export const ExportPeople = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const root = useQuery(units()).data?.find((each) => each.parent === null)?.id
  const { run, isBusy, isDone, error, reset } = useCommand('orderPeopleExport', {
    onDone: ({ id }) => location.assign(`/api/v1/people/exports/${encodeURIComponent(id)}/file`),
  })
  const at = unit ?? root
  if (at === undefined) return null
  return (
    <Section title={t('directory.export')}>
      <p className="quiet">
        {t('directory.exportWhy')} <UnitName id={at} />
      </p>
      <div className="buttons">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Act
            key={format}
            permission={commands.orderPeopleExport.permission}
            unit={at}
            isBusy={isBusy}
            onPress={() => {
              reset()
              void run({ body: { unit: at, format } })
            }}
          >
            {t(`directory.formats.${format}`)}
          </Act>
        ))}
      </div>
      <div role="status">{isDone && <p>{t('directory.exportOnItsWay')}</p>}</div>
      {error && <Failure error={error} />}
    </Section>
  )
}
