-- The verdict of every finding, from the columns of the relation alone.
with
counted as (
    select
        *,
        coalesce(
            n_days >= 60 and exposure_days >= if(is_event, 8, 20) and p_value is not null
            and e_value is not null, false
        ) as counts,
        abs(told_points) >= 1 as is_relevant,
        earlier_half_points * later_half_points > 0 as halves_agree,
        told_points * reaction_sign > 0 as has_reaction_sign,
        look_back_d = 0 and spans_d = 1 and told_lag_d = 1 as is_same_night,
        coalesce(spoilt_night_p < 0.05, false) as is_more_than_spoilt
    from finding
),

weighted as (
    select
        *,
        count(*) filter (where counts) over (partition by family) as tests_counted,
        if(
            counts,
            e_value * prior_weight * count(*) filter (where counts) over (partition by family)
            / sum(prior_weight) filter (where counts) over (partition by family),
            null
        ) as weighted_e
    from counted
),

ranked as (
    select
        *,
        row_number() over (partition by family order by weighted_e desc nulls last) as place
    from weighted
),

lasting as (
    select
        *,
        counts and place <= coalesce(
            max(place) filter (where weighted_e >= tests_counted / (0.1 * place))
                over (partition by family), 0
        ) as is_lasting,
        has_reaction_sign or is_chosen_for_relief or is_rated_in_evening as may_be_reaction
    from ranked
),

checked as (
    select
        *,
        coalesce(
            yesterday_rated_points * told_points > 0
            and abs(yesterday_rated_points) >= abs(told_points) / 2
            and case
                when has_reaction_sign and coalesce(reaction_p < 0.05, false)
                    then coalesce(yesterday_rated_p < 0.05 / tests, false)
                else coalesce(yesterday_rated_p < 0.05, false) or not may_be_reaction
            end, false
        ) as rerun_passes,
        coalesce(
            not is_ranked or (told_points * rank_sign > 0 and rank_p < 0.05), false
        ) as ranks_agree,
        coalesce(max_t_p < 0.05, false) as is_clear,
        coalesce(q_value < 0.1, false) as is_possible
    from lasting
),

looked as (
    select
        *,
        case
            when score_count < scores_needed or diary_days < diary_days_needed
                or 1 - score_count / diary_days > 0.6 or most_common_share >= 0.9
                or not (n_days >= 60 and exposure_days >= if(is_event, 8, 20))
                or p_value is null
                then 'not_enough_data'
            when not (is_clear or is_possible)
                then if(coalesce(reaction_family_p < 0.05, false), 'reacts', 'nothing_seen')
            when coalesce(reaction_p < 0.05, false)
                and not (rerun_passes and (is_more_than_spoilt or not is_same_night))
                then 'reacts'
            when is_same_night and not is_more_than_spoilt then 'nothing_seen'
            when may_be_reaction and not rerun_passes then 'nothing_seen'
            when is_time_unknown
                and not coalesce(same_day_points * told_points > 0 and same_day_p < 0.05, false)
                then 'nothing_seen'
            when not is_clear and not (halves_agree and rerun_passes) then 'nothing_seen'
            when is_clear and is_relevant and halves_agree and rerun_passes and ranks_agree
                and not is_rated_in_evening and not is_time_unknown and not is_same_night
                then 'clear'
            else 'possible'
        end as at_one_look
    from checked
)

select
    exposure,
    verdict,
    case
        when at_one_look not in ('clear', 'possible') or is_lasting then at_one_look
        when stood_a_week_earlier then 'hint'
        else 'nothing_seen'
    end as rebuilt
from looked
