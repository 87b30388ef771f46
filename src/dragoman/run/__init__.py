"""Reads many articles: map a shard, nothing else."""
