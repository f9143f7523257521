package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts live routes once at a time, beside their schedules: a second trigger of the same Quartz job, so that no thread
 * waits and runs of one entity never overlap. Safe for several threads.
 */
final class QuartzAlarm implements Reruns.Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(QuartzAlarm.class);

    private final CamelContext context;

    QuartzAlarm(CamelContext context) {
        this.context = context;
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private static JobKey job(String entity) {
        int dot = entity.indexOf('.');
        return new JobKey(entity.substring(dot + 1), entity.substring(0, dot));
    }

    private static TriggerKey trigger(JobKey job) {
        return new TriggerKey(job.getName(), job.getGroup() + " again");
    }

    /**
     * The first whole second that is at least one behind a time. Quartz fires up to 2 ms early, and Camel passes over what
     * fires before its trigger's start: so that the try is not lost, the trigger starts now, and fires later.
     */
    private static CronScheduleBuilder once(Instant due) {
        ZonedDateTime at =
                due.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
        String cron = "%d %d %d %d %d ? %d"
                .formatted(
                        at.getSecond(),
                        at.getMinute(),
                        at.getHour(),
                        at.getDayOfMonth(),
                        at.getMonthValue(),
                        at.getYear());
        return CronScheduleBuilder.cronSchedule(cron)
                .inTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC))
                .withMisfireHandlingInstructionFireAndProceed();
    }

    /** Lets no trigger fire until {@link #go}; what runs goes on. */
    void hold() {
        try {
            scheduler().standby();
        } catch (SchedulerException refused) {
            throw failed(refused);
        }
    }

    /** Lets triggers fire. */
    void go() {
        try {
            scheduler().start();
        } catch (SchedulerException refused) {
            throw failed(refused);
        }
    }

    @Override
    public boolean after(String entity, Duration delay) {
        try {
            JobKey key = job(entity);
            JobDetail job = scheduler().getJobDetail(key);
            if (job == null) {
                return false;
            }
            Trigger again = TriggerBuilder.newTrigger()
                    .withIdentity(trigger(key))
                    .forJob(key)
                    .usingJobData(job.getJobDataMap())
                    .withSchedule(once(Instant.now().plus(delay)))
                    .build();
            if (scheduler().rescheduleJob(again.getKey(), again) == null) {
                scheduler().scheduleJob(again);
            }
            return true;
        } catch (SchedulerException refused) {
            LOG.warn("entity={} its next try cannot be scheduled: {}", entity, refused.toString());
            return false;
        }
    }

    /** Forgets that a route was to be started; does nothing if it was not. */
    void cancel(String entity) {
        try {
            scheduler().unscheduleJob(trigger(job(entity)));
        } catch (SchedulerException refused) {
            throw failed(refused);
        }
    }

    private static CaravanException failed(SchedulerException refused) {
        return new CaravanException(
                FaultKind.INTERNAL, "SCHEDULE_FAILED", "The schedules do not obey: " + refused.getMessage(), refused);
    }
}
