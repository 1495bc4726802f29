import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { listing, type Row } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { Act } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { UnitName, useUnit } from '../../parts/names.tsx'
import { Empty } from '../../parts/states.tsx'

type Activity = Row<'/activities'>

/** Major activities that nobody has pre-reviewed yet. */
export const MajorActivities = () => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    ...listing('/activities', { query: { status: 'proposed', limit: 50 } }),
    select: (told) => ({ ...told, pages: told.pages.map((page) => ({ ...page, items: page.items.filter(({ major }) => major) })) }),
  })
  return (
    <List
      pages={pages}
      className="case-list"
      keyOf={({ id }) => id}
      empty={
        <Empty title={t('guidance.none.major')}>
          <p>{t('guidance.noneWhy.major')}</p>
        </Empty>
      }
    >
      {(activity) => <Major activity={activity} />}
    </List>
  )
}

const Major = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const { label, span, money } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const zone = useUnit(activity.unit)?.timezone ?? 'UTC'
  const own = useQuery(me).data?.person?.id
  const organizes = own !== undefined && activity.organizers.includes(own)
  const close = (): void => setOpen(false)
  return (
    <article className="case-card">
      <div className="case-head">
        <h3>{label(activity.title)}</h3>
        <span className="quiet">
          <UnitName id={activity.unit} />
        </span>
      </div>
      <p className="quiet">
        {span(activity.startsAt, activity.endsAt, zone)} · {activity.venue} · {money(activity.budget)}
      </p>
      <div className="buttons">
        <Act
          permission={commands.preReviewActivity.permission}
          unit={activity.unit}
          not={organizes ? t('guidance.organizes') : null}
          onPress={() => setOpen(true)}
          className="primary"
        >
          {t('guidance.preReview')}
        </Act>
      </div>
      {isOpen && (
        <Dialog title={t('guidance.preReview')} onClose={close}>
          <p>{t('guidance.preReviewMeans')}</p>
          <CommandForm
            command="preReviewActivity"
            path={{ id: activity.id }}
            timeZone={zone}
            submit={t('guidance.preReview')}
            onDone={close}
            onCancel={close}
          />
        </Dialog>
      )}
    </article>
  )
}
