-- The verdict of every effect, from the columns of the relation alone.
with
ranked as (
    select
        *,
        count(e_value) over () as tests_counted,
        row_number() over (order by e_value desc nulls last) as place
    from effect
),

lasting as (
    select
        *,
        e_value is not null and place <= coalesce(
            max(place) filter (where e_value >= tests_counted / (0.1 * place)) over (), 0
        ) as is_lasting
    from ranked
),

looked as (
    select
        *,
        case
            when n_done < 8 or n_not_done < 8 or inseparable_from is not null
                or p_value is null or effect_points is null
                then 'not_enough_data'
            when p_value >= 0.05 or q_value >= 0.1 then 'nothing_seen'
            when effect_points < 0 then 'helps'
            else 'hurts'
        end as at_one_look
    from lasting
)

select
    intervention,
    verdict,
    case
        when at_one_look not in ('helps', 'hurts') or is_lasting then at_one_look
        when stood_a_week_earlier then 'hint'
        else 'nothing_seen'
    end as rebuilt
from looked
